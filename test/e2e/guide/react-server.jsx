import { renderToString } from "react-dom/server";
import { Page } from "./react-page.jsx";

/* Renders the page on a server, as Next and other frameworks do. */
process.stdout.write(renderToString(<Page {...JSON.parse(process.env.HOST)} />));
