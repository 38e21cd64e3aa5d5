import type { RequestContext, TransactionalConnection } from '@vendure/core';
import type { PaymentFacts } from '../../rules/routing';
import type { PaymentProvider } from '../../types';
import { ProviderRegistry } from '../providers/provider-registry';
import { RoutingSurroundingsService } from './routing-surroundings.service';
import { RoutingService } from './routing.service';

interface Row {
  id: number;
  number: number;
  rules: unknown;
}

const facts: PaymentFacts = {
  orderId: '1',
  amount: 100,
  currency: 'EUR',
  country: null,
  methodType: 'card',
  cardBrand: null,
  customerGroupIds: null,
  channelId: '1',
};
const rule = (id: string, when: object = {}) => ({
  id,
  name: id,
  enabled: true,
  when,
  to: [{ provider: 'stripe', weight: 1 }],
  failover: [],
});

/** A table of versions that counts what it is asked. */
function serviceOver(rows: Row[]) {
  const asked: string[] = [];
  const repository = {
    find: () => {
      asked.push('newest');
      return Promise.resolve([...rows].sort((a, b) => b.number - a.number).slice(0, 1));
    },
    findOneByOrFail: ({ id }: { id: number }) => {
      asked.push(`rules of ${id}`);
      return Promise.resolve(rows.find(row => row.id === id));
    },
  };
  const connection = { getRepository: () => repository } as unknown as TransactionalConnection;
  const stripe = { code: 'stripe', capabilities: { methodTypes: ['card'] } } as unknown as PaymentProvider;
  const registry = new ProviderRegistry({ providers: [stripe] });
  const service = new RoutingService(
    connection,
    registry,
    new RoutingSurroundingsService(connection, registry),
  );
  return { service, asked };
}

const ctx = {} as RequestContext;

it('asks for the number of the newest version once for each payment, and for the rules of a new one only', async () => {
  const rows: Row[] = [{ id: 1, number: 1, rules: [rule('first')] }];
  const { service, asked } = serviceOver(rows);
  expect((await service.plan(ctx, facts)).ruleId).toBe('first');
  expect((await service.plan(ctx, facts)).ruleId).toBe('first');
  expect(asked).toEqual(['newest', 'rules of 1', 'newest']);
  rows.push({ id: 2, number: 2, rules: [rule('second')] });
  expect(await service.plan(ctx, facts)).toMatchObject({ ruleId: 'second', tableVersion: 2 });
  expect(asked.slice(3)).toEqual(['newest', 'rules of 2']);
});

it('does not take a version for the one that was rolled back and had its number', async () => {
  const rows: Row[] = [{ id: 1, number: 1, rules: [rule('rolled-back')] }];
  const { service } = serviceOver(rows);
  await service.plan(ctx, facts);
  rows[0] = { id: 2, number: 1, rules: [rule('saved')] };
  expect((await service.plan(ctx, facts)).ruleId).toBe('saved');
});

it("reads the customer's groups only where a rule that is on asks for them", async () => {
  const groups = jest.fn(() => Promise.resolve(['3']));
  const asking = rule('dealers', { customerGroupIds: ['3'] });
  const others = serviceOver([{ id: 1, number: 1, rules: [{ ...asking, enabled: false }, rule('all')] }]);
  expect((await others.service.plan(ctx, facts, groups)).ruleId).toBe('all');
  expect(groups).not.toHaveBeenCalled();
  const { service } = serviceOver([{ id: 1, number: 1, rules: [asking, rule('all')] }]);
  expect((await service.plan(ctx, facts, groups)).ruleId).toBe('dealers');
  expect((await service.plan(ctx, facts)).ruleId).toBe('all');
});

it('needs no version at all', async () => {
  const { service, asked } = serviceOver([]);
  expect(await service.plan(ctx, facts)).toMatchObject({
    ruleId: null,
    providers: ['stripe'],
    tableVersion: 0,
  });
  expect(asked).toEqual(['newest']);
});
