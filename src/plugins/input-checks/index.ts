export { InputChecksPlugin } from './input-checks.plugin';
