import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { smtpProbe } from './smtp-probe';

describe('asking a mail server', () => {
  let server: Server;
  let received: string;
  // Some tests have closed it already.
  afterEach((done: () => void) => {
    server.close(() => {
      done();
    });
  });

  const listen = (greet: (socket: Socket) => void) =>
    new Promise<string>(resolve => {
      received = '';
      server = createServer(socket => {
        socket.on('error', () => {});
        socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
        greet(socket);
      }).listen(0, '127.0.0.1', () =>
        resolve(`smtp://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`),
      );
    });

  it('takes the greeting for a sign of life, and does not log in', async () => {
    const url = await listen(socket => {
      socket.write('220 mail.');
      setTimeout(() => socket.write('example ESMTP\r\n'), 5);
    });
    await expect(smtpProbe(url, 1000)()).resolves.toMatchObject({ version: null });
    await new Promise(resolve => server.close(resolve));
    expect(received).toBe('QUIT\r\n');
  });

  it('tells what else the server says', async () => {
    const url = await listen(socket => socket.end('554 go away\r\n'));
    await expect(smtpProbe(url, 1000)()).rejects.toThrow('It answers: 554 go away');
  });

  it('tells when it says nothing', async () => {
    const silent = await listen(() => {});
    await expect(smtpProbe(silent, 20)()).rejects.toThrow('It sends no greeting.');
  });

  it('tells when it hangs up', async () => {
    const url = await listen(socket => socket.end());
    await expect(smtpProbe(url, 1000)()).rejects.toThrow('closed the connection');
  });

  it('tells when nobody is there', async () => {
    const url = await listen(() => {});
    await new Promise(resolve => server.close(resolve));
    await expect(smtpProbe(url, 1000)()).rejects.toThrow('ECONNREFUSED');
  });
});
