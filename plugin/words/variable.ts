/** Returns a readable name for a template variable: "first name" for `recipient.firstName`. */
export function toVariableLabel(path: string): string {
  const [room = "", ...rest] = path.split(".");
  const words = (rest.join(" ") || room).replace(/([A-Z])/g, " $1").toLowerCase();
  return room === "recipient" || rest.length === 0 ? words : `${room} ${words}`;
}

/** Returns the label of the input field for a value: "Pool features" for `poolFeatures`. */
export function toFieldLabel(name: string): string {
  const words = name.replace(/([A-Z])/g, " $1").toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export type SubjectPiece = {
  text: string;
  isVariable: boolean;
};

/**
 * Splits a template's subject into pieces. Replaces a variable by the property's value if the value
 * is known, otherwise by a readable name: `{{recipient.firstName}}, a question` becomes "first
 * name, a question".
 */
export function splitSubject(subject: string, property: Readonly<Record<string, unknown>>): SubjectPiece[] {
  const pieces = subject.split(/(\{\{.*?\}\})/).filter((piece) => piece !== "");
  return pieces.map((piece) => {
    const path = piece.startsWith("{{") ? /[a-z]\w*(?:\.\w+)+/i.exec(piece)?.[0] : undefined;
    if (!path) return { text: piece, isVariable: false };
    const value = path.startsWith("property.") ? property[path.slice("property.".length)] : undefined;
    return typeof value === "string"
      ? { text: value, isVariable: false }
      : { text: toVariableLabel(path), isVariable: true };
  });
}
