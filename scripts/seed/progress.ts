export type SeedStep =
  'base data' | 'images' | 'products' | 'customers' | 'orders' | 'stock' | 'search index' | 'statistics';

/** Told several times for each step, in the order of the steps: how much of it is done. */
export type ReportProgress = (step: SeedStep, done: number, total: number) => void;
