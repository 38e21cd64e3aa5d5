/** The steps of the seed, in order, with what is said when one is done. */
const STEPS = {
  'base data': () => 'Taxes, shipping, payment and warehouses are set up.',
  images: (count: number) => `${count} images are there.`,
  products: (count: number) => `${count} products are written.`,
  customers: (count: number) => `${count} customers are written.`,
  orders: (count: number) => `${count} orders are written.`,
  stock: (count: number) => `The stock of ${count} variants is written.`,
  'search index': () => 'The search index is filled.',
  statistics: () => 'The statistics are fresh.',
} as const;

export type SeedStep = keyof typeof STEPS;

/** Told several times for each step, in the order of the steps: how much of it is done. */
export type ReportProgress = (step: SeedStep, done: number, total: number) => void;

/** A line that says that a step is done. */
export function describeStep(step: SeedStep, total: number): string {
  return STEPS[step](total);
}
