import { render } from "preact";
import { startClock } from "../crm/clock.ts";
import { DemoBar } from "../crm/demo-bar.tsx";
import "../crm/crm.css";
import "./mailbox.css";
import { MailList } from "./mail-list.tsx";
import { MailView } from "./mail-view.tsx";
import { mailboxFault, openedMail, pollMailList } from "./state.ts";

function Mailbox() {
  return (
    <>
      <DemoBar isMailbox />
      <main class={openedMail.value ? "mailbox reading" : "mailbox"}>
        <h1 class="visually-hidden">Mailbox</h1>
        {mailboxFault.value && (
          <p class="fault" role="alert">
            {mailboxFault.value}
          </p>
        )}
        <MailList />
        <MailView />
      </main>
    </>
  );
}

const root = document.getElementById("app");
if (root !== null) render(<Mailbox />, root);
await startClock();
await pollMailList();
