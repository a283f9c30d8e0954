/**
 * Creates a queue that keeps the jobs it is given, so that a test decides when, how often and in
 * what order they are delivered.
 */
export function createCollectingQueue<Body>() {
  const sent: Body[] = [];
  const queue = {
    async send(body: Body) {
      sent.push(body);
    },
    async sendBatch(messages: Iterable<MessageSendRequest<Body>>) {
      for (const { body } of messages) sent.push(body);
    },
  } as unknown as Queue<Body>;
  return { queue, take: (): Body[] => sent.splice(0) };
}

/**
 * `retriedAfterMs` holds the delay of each retried job, or the queue's own delay if none was asked
 * for.
 */
export type DeliveryResult = { acked: string[]; retried: string[]; retriedAfterMs: number[] };

/** The delay in wrangler.toml. */
const retryDelaySeconds = 30;

/** Delivers bodies as one batch and returns the consumer's answer for each. */
export async function deliverBatch<Body>(
  bodies: readonly Body[],
  consume: (batch: MessageBatch<Body>) => Promise<void>,
): Promise<DeliveryResult> {
  const delivered: DeliveryResult = { acked: [], retried: [], retriedAfterMs: [] };
  const messages = bodies.map((body, index) => {
    const id = String(index);
    return {
      id,
      body,
      timestamp: new Date(0),
      attempts: 1,
      ack: () => delivered.acked.push(id),
      retry: ({ delaySeconds = retryDelaySeconds }: QueueRetryOptions = {}) => {
        delivered.retried.push(id);
        delivered.retriedAfterMs.push(delaySeconds * 1000);
      },
    };
  });
  await consume({ queue: "test", messages } as unknown as MessageBatch<Body>);
  return delivered;
}
