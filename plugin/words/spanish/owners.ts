/** The Spanish texts of the launch to the owners of many properties. */
export const ownersTexts = {
  "Check the owners": "Revisar a los propietarios",
  "Choose the owners": "Elegir a los propietarios",
  "From your CRM": "De tu CRM",
  "Next come the owners, with a check of each. No emails go out before you press Launch.":
    "Después vienen los propietarios, con una revisión de cada uno. No sale ningún correo antes de que pulses Lanzar.",
  "No contact is known for {homes}.": "No se conoce ningún contacto de {homes}.",
  "Review and launch": "Revisar y lanzar",
  "Write to many owners": "Escribir a muchos propietarios",
} as const;
