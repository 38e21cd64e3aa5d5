import { Cleanup, StoppedError } from './cleanup';

describe('Cleanup', () => {
  it('undoes in the opposite order, once', async () => {
    const cleanup = new Cleanup();
    const undone: string[] = [];
    for (const name of ['a', 'b', 'c'])
      cleanup.put(
        () => name,
        started => void undone.push(started),
      );
    await Promise.all([cleanup.run(), cleanup.run()]);
    expect(undone).toEqual(['c', 'b', 'a']);
  });

  it('does not undo again what was removed early', async () => {
    const cleanup = new Cleanup();
    const undo = jest.fn();
    const { remove } = cleanup.put(() => 1, undo);
    await remove();
    await remove();
    await cleanup.run();
    expect(undo).toHaveBeenCalledTimes(1);
  });

  it('goes on after a step that fails, and reports the failure', async () => {
    const cleanup = new Cleanup();
    const undo = jest.fn();
    cleanup.put(() => 1, undo);
    cleanup.put(
      () => 2,
      () => {
        throw new Error('stuck');
      },
    );
    await expect(cleanup.run()).rejects.toThrow('stuck');
    expect(undo).toHaveBeenCalled();
  });

  it('starts nothing more once it has begun', async () => {
    const cleanup = new Cleanup();
    const stopping = cleanup.run();
    const start = jest.fn();
    expect(() => cleanup.put(start, jest.fn())).toThrow(StoppedError);
    expect(start).not.toHaveBeenCalled();
    await stopping;
  });
});
