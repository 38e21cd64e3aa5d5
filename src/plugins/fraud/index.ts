export { FraudPlugin } from './fraud.plugin';
export type * from './types';
