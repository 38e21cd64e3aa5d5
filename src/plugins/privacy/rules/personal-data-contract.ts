import type { RequestContext } from '@vendure/core';
import type { DataSubject, PersonalDataContributor } from '../types';
import { contributorProblems } from './contributor-problems';

/** What a test brings: a subject of whom something is held, and another whose data must not be touched. */
export interface ContractFixture {
  ctx: RequestContext;
  subject: DataSubject;
  bystander: DataSubject;
}

/**
 * The contract of `PersonalDataContributor`, for the tests of each one. The fixture must have data about both persons
 * of at least one class that is `erased`. Erases the subject's data.
 *
 * @returns every breach, in words; empty when the contributor keeps the contract
 */
export async function checkPersonalDataContract(
  contributor: PersonalDataContributor,
  { ctx, subject, bystander }: ContractFixture,
): Promise<string[]> {
  const breaches = contributorProblems(contributor);
  const classes = new Map(contributor.classify().map(item => [item.field, item]));
  const exportOf = (person: DataSubject) => contributor.export(ctx, person);
  const erasable = async (person: DataSubject) =>
    (await exportOf(person)).filter(record => classes.get(record.field)?.onErasure === 'erased');

  const before = await exportOf(subject);
  const bystanderBefore = await exportOf(bystander);
  for (const record of [...before, ...bystanderBefore]) {
    if (!classes.has(record.field)) breaches.push(`exports ${record.field}, which it does not classify`);
  }
  if ((await erasable(subject)).length === 0) breaches.push('exports nothing erasable about the subject');
  if ((await erasable(bystander)).length === 0) breaches.push('exports nothing erasable about the bystander');
  if (!same(await exportOf(subject), before)) breaches.push('an export changes what the next one finds');

  const first = await contributor.erase(ctx, subject);
  if (first.changed === 0) breaches.push('the erasure reports no change');
  const left = await erasable(subject);
  if (left.length > 0)
    breaches.push(
      `after the erasure still exports ${[...new Set(left.map(record => record.field))].join(', ')}`,
    );
  if (!same(await exportOf(bystander), bystanderBefore))
    breaches.push("the erasure changes another person's data");
  const second = await contributor.erase(ctx, subject);
  if (second.changed !== 0) breaches.push('a second erasure changes something again');
  return breaches;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
