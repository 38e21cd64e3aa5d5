import http from 'node:http';
import https from 'node:https';

/**
 * Loaded before a shop's own code: what the handler of `@vendure/payments-plugin` sends to Mollie, whose address it has no
 * setting for, goes to the test's fake.
 */
const { hostname, port } = new URL(process.env.MOLLIE_API_URL ?? 'http://localhost');
const request = https.request.bind(https) as (...args: unknown[]) => http.ClientRequest;

Object.assign(https, {
  request: (options: https.RequestOptions, ...rest: unknown[]) =>
    (options.hostname ?? options.host) === 'api.mollie.com'
      ? http.request(
          { ...options, protocol: 'http:', host: hostname, hostname, port, agent: undefined },
          ...(rest as []),
        )
      : request(options, ...rest),
});
