import { connect, createServer, type Socket } from 'node:net';

/** A TCP port in front of another one, which holds connections back while it is closed. */
export interface TcpGate {
  port: number;
  /** Connections that wait at the closed gate. */
  waiting(): number;
  /** From now on connections are taken and left without an answer. */
  close(): void;
  /** From now on connections are passed on. Those that waited are ended: their clients have to come again. */
  open(): void;
  stop(): Promise<void>;
}

/** An open gate to a port of 127.0.0.1. */
export async function startTcpGate(targetPort: number): Promise<TcpGate> {
  const sockets = new Set<Socket>();
  const held = new Set<Socket>();
  let isOpen = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // A killed client resets its connection: that is what the gate is for.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      held.delete(socket);
    });
  };
  const server = createServer(client => {
    keep(client);
    if (!isOpen) {
      held.add(client);
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    keep(target);
    client.pipe(target).pipe(client);
    client.once('close', () => target.destroy());
    target.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.');
  return {
    port: address.port,
    waiting: () => held.size,
    close: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
      for (const socket of held) socket.destroy();
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
