import { withIdleQueues } from './queue-depths';

describe('the queues of an installation', () => {
  it('are all told, by name, with and without jobs', () => {
    const counted = [
      { queue: 'send-email', waiting: 2, running: 1, failed: 3, completed: 9 },
      { queue: 'of-an-older-release', waiting: 0, running: 0, failed: 1 },
    ];
    expect(withIdleQueues(counted, ['update-search-index', 'send-email', 'clean-sessions'])).toEqual([
      { queue: 'clean-sessions', waiting: 0, running: 0, failed: 0 },
      { queue: 'of-an-older-release', waiting: 0, running: 0, failed: 1 },
      { queue: 'send-email', waiting: 2, running: 1, failed: 3 },
      { queue: 'update-search-index', waiting: 0, running: 0, failed: 0 },
    ]);
  });
});
