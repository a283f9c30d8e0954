import type { Provider } from "../../../../worker/providers/provider.ts";
import type { EventStamp, SimulatedClock } from "./clock.ts";
import type { FaultSource } from "./faults.ts";
import { createEndlessPromise, type EntryPointCall, makeOutsideCall } from "./outside.ts";

type Key = { recipientId: number; stepNumber: number };
/** A provider call that the engine made, and the way in which the call ended. */
export type RecordedCall = EventStamp &
  Key & { from: string; to: string; subject: string; accountId: number; answer: string };
/** An email that was delivered. */
export type Delivery = EventStamp & Key;

/**
 * The provider's record of a run: the calls that the provider received, and the emails that the
 * provider delivered.
 */
export type ProviderLog = {
  calls: readonly RecordedCall[];
  deliveries: readonly Delivery[];
  open(invocation: EntryPointCall, base: Provider): Provider;
};

export type ProviderLogOptions = {
  clock: SimulatedClock;
  faults: FaultSource;
  onCall: (call: RecordedCall) => void;
  onDelivery: (delivery: Delivery) => void;
};

export function createProviderLog({ clock, faults, onCall, onDelivery }: ProviderLogOptions): ProviderLog {
  const calls: RecordedCall[] = [];
  const deliveries: Delivery[] = [];
  return {
    calls,
    deliveries,
    open: (invocation, base) => ({
      ...base,
      async send(email, account) {
        if (invocation.isDead()) return createEndlessPromise();
        const { recipientId, stepNumber } = email.reference;
        const fault = faults.drawCall();
        const answer = fault.ends === "answer" ? fault.outcome.kind : fault.ends;
        const call = {
          ...clock.stamp(),
          ...{ recipientId, stepNumber, accountId: account.id, answer },
          ...{ from: email.from.email, to: email.to.email, subject: email.subject },
        };
        calls.push(call);
        onCall(call);
        const isTold = fault.ends === "answer";
        // A provider can answer a call without delivering the email. Therefore the callback below
        // always runs for an answered call.
        return await makeOutsideCall(
          clock,
          invocation,
          { ...fault, takesEffect: isTold || fault.takesEffect },
          () => {
            if (fault.takesEffect) {
              const delivery = { ...clock.stamp(), recipientId, stepNumber };
              deliveries.push(delivery);
              onDelivery(delivery);
            }
            return Promise.resolve(fault.outcome);
          },
        );
      },
    }),
  };
}
