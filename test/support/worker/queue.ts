/**
 * Creates a queue that keeps its jobs until a test calls `take`. The test decides when, how often
 * and in what order to deliver the jobs.
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
 * The consumer's answers to a batch. `retriedAfterMs` has the delay of each retried job. The delay
 * is the queue's own delay if the consumer gave no delay.
 */
export type DeliveryResult = { acked: string[]; retried: string[]; retriedAfterMs: number[] };

/** The queue's own delay, as in wrangler.toml. */
const retryDelaySeconds = 30;

/** Delivers jobs to the consumer as one batch, and returns the consumer's answers. */
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
