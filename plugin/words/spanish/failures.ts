/**
 * The Spanish texts for failed requests. Some of the English texts are the tab's, some the
 * Worker's.
 */
export const failureTexts = {
  "Doorknock can’t be reached.": "No se puede conectar con Doorknock.",
  "Doorknock can’t be reached. Check the connection and try again.":
    "No se puede conectar con Doorknock. Revisa la conexión e inténtalo de nuevo.",
  "Doorknock is busy. Try again in a moment.": "Doorknock está ocupado. Inténtalo de nuevo en un momento.",
  "Part of this tab couldn’t be loaded.": "No se pudo cargar una parte de esta pestaña.",
  "Part of this tab couldn’t be loaded. Try again, or reload the page.":
    "No se pudo cargar una parte de esta pestaña. Inténtalo de nuevo o recarga la página.",
  "Something went wrong in this tab.": "Algo falló en esta pestaña.",
  "Something went wrong on our side. Try again in a moment.":
    "Algo falló de nuestro lado. Inténtalo de nuevo en un momento.",
  "Your role doesn’t allow this. Ask your administrator for access.":
    "Tu rol no lo permite. Pide acceso a tu administrador.",
  "Your session has ended.": "Tu sesión terminó.",
} as const;
