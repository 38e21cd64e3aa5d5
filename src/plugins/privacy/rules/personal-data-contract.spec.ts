import type { RequestContext } from '@vendure/core';
import type { DataSubject, PersonalDataContributor } from '../types';
import { checkPersonalDataContract } from './personal-data-contract';

const person = (customerId: string): DataSubject => ({ customerId, emailAddresses: [] });
const fixture = { ctx: {} as RequestContext, subject: person('1'), bystander: person('2') };

/** Keeps notes in memory: the smallest contributor that keeps the contract. */
function notes(changes: Partial<PersonalDataContributor> = {}): PersonalDataContributor {
  const held = new Map([
    ['1', 'likes tea'],
    ['2', 'likes coffee'],
  ]);
  return {
    name: 'notes',
    classify: () => [
      { field: 'note', category: 'free-text', purpose: 'service', retention: 'a year', onErasure: 'erased' },
    ],
    export: (_ctx, { customerId }) => {
      const value = held.get(customerId);
      return Promise.resolve(value === undefined ? [] : [{ field: 'note', source: customerId, value }]);
    },
    erase: (_ctx, { customerId }) => Promise.resolve({ changed: held.delete(customerId) ? 1 : 0 }),
    ...changes,
  };
}

describe('the contract of personal data', () => {
  it('is kept by a sound contributor', async () => {
    expect(await checkPersonalDataContract(notes(), fixture)).toEqual([]);
  });

  it('finds an erasure that does nothing', async () => {
    const breaches = await checkPersonalDataContract(
      notes({ erase: () => Promise.resolve({ changed: 1 }) }),
      fixture,
    );
    expect(breaches).toEqual([
      'after the erasure still exports note',
      'a second erasure changes something again',
    ]);
  });

  it("finds an erasure that hits another's data", async () => {
    let erased = false;
    const breaches = await checkPersonalDataContract(
      notes({
        export: (_ctx, { customerId }) =>
          Promise.resolve(erased ? [] : [{ field: 'note', source: customerId, value: 'x' }]),
        erase: () => {
          const changed = erased ? 0 : 1;
          erased = true;
          return Promise.resolve({ changed });
        },
      }),
      fixture,
    );
    expect(breaches).toEqual(["the erasure changes another person's data"]);
  });

  it('finds an export of what is not classified', async () => {
    const breaches = await checkPersonalDataContract(notes({ classify: () => [] }), fixture);
    expect(breaches).toContain('exports note, which it does not classify');
  });
});
