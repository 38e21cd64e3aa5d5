import { Injectable } from '@nestjs/common';
import { InvalidContributorError } from '../errors';
import { contributorProblems } from '../rules/contributor-problems';
import type { PersonalDataContributor } from '../types';

/** Who holds personal data in this shop. Plugins register in `onModuleInit` or `onApplicationBootstrap`. */
@Injectable()
export class PersonalDataRegistry {
  private readonly byName = new Map<string, PersonalDataContributor>();

  /** @throws InvalidContributorError */
  register(contributor: PersonalDataContributor): void {
    const problems = contributorProblems(contributor);
    if (this.byName.has(contributor.name)) problems.push('it is registered twice');
    if (problems.length > 0) throw new InvalidContributorError(contributor.name, problems);
    this.byName.set(contributor.name, contributor);
  }

  contributors(): PersonalDataContributor[] {
    return [...this.byName.values()];
  }
}
