export { PrivacyPlugin } from './privacy.plugin';
export { PersonalDataRegistry } from './services/personal-data-registry';
export { InvalidContributorError } from './errors';
export { checkPersonalDataContract, type ContractFixture } from './rules/personal-data-contract';
export type * from './types';
