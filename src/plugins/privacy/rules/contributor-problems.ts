import type { PersonalDataContributor } from '../types';

/** What is wrong with a contributor's name and classification, in words. */
export function contributorProblems(
  contributor: Pick<PersonalDataContributor, 'name' | 'classify'>,
): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(contributor.name))
    problems.push('its name must be a plugin name in kebab-case');
  const seen = new Set<string>();
  for (const { field, purpose, retention } of contributor.classify()) {
    if (field.trim() === '') problems.push('a field has no name');
    if (seen.has(field)) problems.push(`the field ${field} is classified twice`);
    seen.add(field);
    if (purpose.trim() === '') problems.push(`the field ${field} has no purpose`);
    if (retention.trim() === '') problems.push(`the field ${field} has no retention`);
  }
  return problems;
}
