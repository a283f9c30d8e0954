/** The Spanish names of the states whose Spanish name differs from the English name. */
const names: Readonly<Record<string, string>> = {
  Hawaii: "Hawái",
  Louisiana: "Luisiana",
  Michigan: "Míchigan",
  Mississippi: "Misisipi",
  Missouri: "Misuri",
  "New Hampshire": "Nuevo Hampshire",
  "New Jersey": "Nueva Jersey",
  "New Mexico": "Nuevo México",
  "New York": "Nueva York",
  "North Carolina": "Carolina del Norte",
  "North Dakota": "Dakota del Norte",
  Oregon: "Oregón",
  Pennsylvania: "Pensilvania",
  "South Carolina": "Carolina del Sur",
  "South Dakota": "Dakota del Sur",
  "West Virginia": "Virginia Occidental",
};

/** Returns the Spanish name of a US state. */
export const toSpanishStateName = (name: string): string => names[name] ?? name;
