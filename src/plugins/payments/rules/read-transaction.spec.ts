import type { ProviderRefund } from '../types';
import { reportOnRefund } from './read-transaction';

const refunds: readonly ProviderRefund[] = [
  { refundId: 're_1', reference: 'ours-1', amount: 100, status: 'succeeded' },
  { refundId: 're_2', reference: null, amount: 100, status: 'pending' },
  { refundId: 're_3', reference: 'ours-3', amount: 100, status: 'failed' },
];

it('finds a refund by our reference, though its id was never heard', () => {
  expect(reportOnRefund({ reference: 'ours-1', transactionId: null }, { refunds })).toEqual({
    status: 'succeeded',
    transactionId: 're_1',
  });
});

it('finds one by its id where the provider kept no reference, and one under way is not done', () => {
  expect(reportOnRefund({ reference: 'ours-2', transactionId: 're_2' }, { refunds })).toEqual({
    status: 'processing',
    transactionId: 're_2',
  });
});

it('tells a failure', () => {
  expect(reportOnRefund({ reference: 'ours-3', transactionId: 're_3' }, { refunds })?.status).toBe('failed');
});

it('takes no other refund for one without an id', () => {
  expect(reportOnRefund({ reference: 'ours-9', transactionId: null }, { refunds })).toBeUndefined();
});
