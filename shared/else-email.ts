const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Fault = { path: (string | number)[]; message: string };

/**
 * Returns a fault for each step whose conditions ask for an else email that the step lacks, and for
 * each step with an else email for which its conditions do not ask. An else email goes to
 * recipients for whom the step's conditions do not hold. Accepts faulty steps.
 */
export function findElseEmailFaults(steps: readonly unknown[]): Fault[] {
  return steps.flatMap((step, index) => {
    if (!isRecord(step)) return [];
    const isAsked = isRecord(step.conditions) && step.conditions.otherwise === "email";
    const hasEmail = isRecord(step.elseEmail);
    if (isAsked && step.kind === "task")
      return [
        { path: [index, "conditions", "otherwise"], message: "can be another email only for an email" },
      ];
    if (isAsked && !hasEmail)
      return [{ path: [index, "elseEmail"], message: "is required with otherwise: email" }];
    return hasEmail && !isAsked
      ? [{ path: [index, "elseEmail"], message: "goes only with otherwise: email" }]
      : [];
  });
}
