import { computed, signal } from "@preact/signals";
import { type DemoRole, demoRoles, signIn } from "./doorknock.ts";

const role = signal<DemoRole>("agent");

/**
 * The signed-in person. The demo's backend has one person for the roles team lead and admin, and
 * another person for the other roles.
 */
export const signedInAs = computed(() =>
  role.value === "teamLead" || role.value === "admin"
    ? { name: "Jordan Reyes", initials: "JR" }
    : { name: "Alex Morgan", initials: "AM" },
);

/**
 * Lets a visitor look at the demo in another role. A real CRM knows the role of the signed-in
 * person.
 */
export function RoleSwitch() {
  return (
    <select
      class="role"
      aria-label="Your role in the demo"
      value={role.value}
      onChange={({ currentTarget }) => {
        role.value = currentTarget.value as DemoRole;
        signIn(role.value);
      }}
    >
      {Object.entries(demoRoles).map(([code, name]) => (
        <option value={code} key={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
