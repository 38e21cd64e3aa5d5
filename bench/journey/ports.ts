import { createServer } from 'node:net';
import { UserError } from '../../scripts/start/user-error';

/** @throws UserError that names the option, when something listens on the port or it may not be opened */
export async function requireFreePort(port: number, option: string): Promise<void> {
  const code = await new Promise<string | undefined>(resolve => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  throw new UserError(
    code === 'EADDRINUSE'
      ? `Port ${port} is taken. Stop what runs there, or choose another with ${option}.`
      : `Port ${port} cannot be opened (${code}). Choose another with ${option}.`,
  );
}
