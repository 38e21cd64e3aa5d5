import type { Rule } from '../../types';

const common = { enabled: true, shadow: false, expiresAt: null, action: null } as const;

/** What a shop begins with: the architecture's examples, with its weights on the scale of 0 to 100. */
export const DEFAULT_RULES: readonly Rule[] = [
  {
    ...common,
    id: 'high-amount',
    name: 'Amount above 1000',
    when: { match: 'all', members: [{ field: 'order.amount', operator: 'greater_than', value: 1_000 }] },
    weight: 10,
  },
  {
    ...common,
    id: 'test-email',
    name: 'E-mail address contains "test"',
    when: { match: 'all', members: [{ field: 'email.address', operator: 'contains', value: 'test' }] },
    weight: 20,
  },
  {
    ...common,
    id: 'frequent',
    name: 'More than 5 attempts in 24 hours',
    when: {
      match: 'any',
      members: [
        { field: 'velocity.customer.attempts.24h', operator: 'greater_than', value: 5 },
        { field: 'velocity.email.attempts.24h', operator: 'greater_than', value: 5 },
      ],
    },
    weight: 30,
  },
];
