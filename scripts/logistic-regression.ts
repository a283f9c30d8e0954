import { normalize } from "../worker/domain/receive/refusal-classifier/score.ts";
import { createRandom } from "./random.ts";

export type TrainingRow = { features: readonly string[]; isPositive: boolean };
/** A feature's weight, and the number of rows that have the feature. */
export type TrainedFeature = { name: string; weight: number; count: number };

const epochs = 30;
const step = 0.3;
const biasStep = 0.02;
const penalty = 0.3;

/**
 * Returns the weights of a logistic regression, found by gradient descent with a step of its own
 * for each feature (AdaGrad). The order of the rows is shuffled in the same way on each run.
 */
export function trainWeights(rows: readonly TrainingRow[]): { bias: number; features: TrainedFeature[] } {
  const indexes = new Map<string, number>();
  const counts: number[] = [];
  const inputs = rows.map(({ features }) =>
    features.map((name) => {
      const index = indexes.get(name) ?? indexes.size;
      indexes.set(name, index);
      counts[index] = (counts[index] ?? 0) + 1;
      return index;
    }),
  );
  const weights = new Float64Array(indexes.size);
  const squares = new Float64Array(indexes.size).fill(1e-6);
  const random = createRandom(12345);
  const decay = penalty / rows.length;
  const order = rows.map((_, index) => index);
  let bias = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const at of order) {
      const input = inputs[at] ?? [];
      const scale = 1 / normalize(input.length);
      const sum = input.reduce((total, index) => total + (weights[index] ?? 0) * scale, bias);
      const error = 1 / (1 + Math.exp(-sum)) - (rows[at]?.isPositive ? 1 : 0);
      bias -= biasStep * error;
      for (const index of input) {
        const gradient = error * scale + decay * (weights[index] ?? 0);
        squares[index] = (squares[index] ?? 0) + gradient * gradient;
        weights[index] = (weights[index] ?? 0) - (step * gradient) / Math.sqrt(squares[index] ?? 1);
      }
    }
  }
  const features = [...indexes].map(([name, index]) => ({
    ...{ name, weight: weights[index] ?? 0 },
    count: counts[index] ?? 0,
  }));
  return { bias, features };
}

function shuffle(order: number[], random: (limit: number) => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}
