import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/** No answer of a payment provider is nearly as long. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** A connection that has idled longer is closed: a provider that closes first costs an unknown outcome. */
const IDLE_MS = 4_000;

const httpAgent = new HttpAgent({ keepAlive: true, timeout: IDLE_MS });
const httpsAgent = new HttpsAgent({ keepAlive: true, timeout: IDLE_MS });

export interface TransportRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

export interface TransportReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body. */
  readonly text: string;
}

/**
 * No (whole) answer. `sent` tells what is proven: where it is false, not one byte of the request has left, as the
 * connection was never there.
 */
export class TransportError extends Error {
  constructor(
    readonly reason: string,
    readonly sent: boolean,
  ) {
    super(`No answer (${reason}).`);
    this.name = 'TransportError';
  }
}

/**
 * One request, once: no second try whatever happens, ended by the signal. The request is written only when the
 * connection stands, so that a refused connection is proof that the provider never saw it.
 */
export function transport(request: TransportRequest, signal: AbortSignal): Promise<TransportReply> {
  const { url, method, headers, body } = request;
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    let sent = false;
    const fail = (reason: string) => reject(new TransportError(reason, sent || signal.aborted));
    if (signal.aborted) {
      // The caller's time was up before the call. Not a byte has left, but whose call it repeats is not known here.
      fail('aborted');
      return;
    }
    const call = (secure ? httpsRequest : httpRequest)({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || undefined,
      path: `${url.pathname}${url.search}`,
      method,
      headers,
      agent: secure ? httpsAgent : httpAgent,
      signal,
    });
    const write = () => {
      sent = true;
      call.end(body);
    };
    call.once('socket', (socket: Socket) => {
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', write);
      else write();
    });
    call.once('error', (error: NodeJS.ErrnoException) => fail(signal.aborted ? 'aborted' : reasonOf(error)));
    call.once('response', response => {
      readWhole(response).then(
        text =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            text,
          }),
        (error: NodeJS.ErrnoException) => fail(signal.aborted ? 'aborted' : reasonOf(error)),
      );
    });
  });
}

/** @throws for an answer that ended early or has no end */
async function readWhole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > MAX_ANSWER_BYTES) throw new Error('answer_too_long');
    chunks.push(chunk as Buffer);
  }
  if (!response.complete) throw new Error('answer_cut');
  return Buffer.concat(chunks).toString('utf8');
}

/** A short word for logs; never the message, which may hold an address with its query. */
function reasonOf(error: NodeJS.ErrnoException): string {
  return (error.code ?? (/^[a-z_]+$/.test(error.message) ? error.message : 'broken')).toLowerCase();
}
