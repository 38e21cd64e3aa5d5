/** A contributor that cannot be: registered twice, or with a classification that contradicts itself. */
export class InvalidContributorError extends Error {
  readonly code = 'INVALID_CONTRIBUTOR';

  constructor(name: string, problems: readonly string[]) {
    super(`The personal data contributor "${name}": ${problems.join('; ')}.`);
    this.name = 'InvalidContributorError';
  }
}
