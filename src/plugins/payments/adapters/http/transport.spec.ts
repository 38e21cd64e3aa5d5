import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { transport, TransportError } from './transport';

describe('transport', () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
  });

  /** A server that does this once it has read a request's end. */
  async function answering(
    act: (socket: Socket) => void,
    onConnect?: (socket: Socket) => void,
  ): Promise<URL> {
    const server = createServer(socket => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      onConnect?.(socket);
      let text = '';
      socket.on('data', data => {
        text += data.toString();
        if (text.endsWith('the body')) {
          text = '';
          act(socket);
        }
      });
    });
    servers.push(server);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?query=1`);
  }

  const call = (url: URL, signal = AbortSignal.timeout(2_000)) =>
    transport({ url, method: 'POST', headers: { 'Content-Length': 8 }, body: 'the body' }, signal);

  const failure = async (url: URL, signal?: AbortSignal): Promise<TransportError> => {
    const error: unknown = await call(url, signal).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransportError);
    return error as TransportError;
  };

  it('gives status and whole body', async () => {
    const url = await answering(socket => socket.end('HTTP/1.1 418 x\r\nContent-Length: 2\r\n\r\nok'));
    expect(await call(url)).toMatchObject({ status: 418, text: 'ok' });
  });

  it('proves that nothing was sent where nobody listens, or no such host is', async () => {
    const url = await answering(() => undefined);
    const server = servers.pop()!;
    await new Promise(resolve => server.close(resolve));
    expect(await failure(url)).toMatchObject({ sent: false, reason: 'econnrefused' });
    expect((await failure(new URL('http://no-such-host.invalid/'))).sent).toBe(false);
  });

  it('proves nothing once the request may have been read', async () => {
    const reset = await answering(socket => socket.resetAndDestroy());
    expect((await failure(reset)).sent).toBe(true);
    const closed = await answering(socket => socket.end());
    expect((await failure(closed)).sent).toBe(true);
  });

  it('a cut answer is none', async () => {
    const cut = await answering(socket => socket.end('HTTP/1.1 200 x\r\nContent-Length: 99\r\n\r\n{"a":'));
    expect(await failure(cut)).toMatchObject({ sent: true });
    const chunked = await answering(socket =>
      socket.end('HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'),
    );
    expect(await failure(chunked)).toMatchObject({ sent: true });
  });

  it('an answer without an end is ended', async () => {
    const url = await answering(socket => {
      socket.write('HTTP/1.1 200 x\r\n\r\n');
      const more = () => socket.writable && socket.write('x'.repeat(64 * 1024), more);
      more();
    });
    expect(await failure(url, AbortSignal.timeout(20_000))).toMatchObject({
      sent: true,
      reason: 'answer_too_long',
    });
  });

  it('is ended by the signal, before and during the call; that never counts as proof', async () => {
    let seen = 0;
    const silent = await answering(() => (seen += 1));
    expect(await failure(silent, AbortSignal.timeout(50))).toMatchObject({ sent: true, reason: 'aborted' });
    expect(seen).toBe(1);
    expect(await failure(silent, AbortSignal.abort())).toMatchObject({ sent: true, reason: 'aborted' });
    expect(seen).toBe(1);
  });

  it('does not try again, also where a kept connection breaks', async () => {
    let requests = 0;
    const url = await answering(socket => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 x\r\nContent-Length: 2\r\n\r\nok');
      else socket.resetAndDestroy();
    });
    await call(url);
    expect((await failure(url)).sent).toBe(true);
    expect(requests).toBe(2);
  });
});
