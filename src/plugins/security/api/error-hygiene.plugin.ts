import type { IncomingMessage } from 'node:http';
import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { Logger } from '@vendure/core';
import type { GraphQLFormattedError } from 'graphql';
import { loggerCtx } from '../constants';
import { requestIdOf } from '../middleware/request-id';
import { hideDigits } from '../rules/hide-digits';
import { type RaisedError, SERVER_ERRORS, judgeError } from '../rules/judge-error';

interface ApiContext {
  req?: IncomingMessage;
}

type Context = GraphQLRequestContextWillSendResponse<ApiContext>;

/**
 * Rewrites the errors of every response by `judgeError`. It comes after Vendure's translation, which puts the
 * raw errors into the response, in place of what Apollo had formatted.
 *
 * All plugins' hooks for one response start in the order of the plugins, and none waits for another: the work
 * has to be done before the first `await`.
 */
export class ErrorHygienePlugin implements ApolloServerPlugin<ApiContext> {
  constructor(private readonly options: { errorDetails: boolean }) {}

  requestDidStart() {
    return Promise.resolve({
      willSendResponse: (context: Context) => {
        const { body, http } = context.response;
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        if (body.kind === 'single' && errors !== undefined) {
          body.singleResult.errors = errors.map(error => this.present(error, context));
          // Apollo's status for all that a plugin throws.
          if (http.status === 500 && !body.singleResult.errors.some(isOurs)) http.status = 400;
        }
        return Promise.resolve();
      },
    });
  }

  private present(error: GraphQLFormattedError, context: Context): GraphQLFormattedError {
    const raised: RaisedError & GraphQLFormattedError = error;
    const { locations, path } = error;
    // `http` is Apollo's note to itself; a stack trace is development's, and below.
    const { http: _http, stacktrace: _stacktrace, ...extensions } = error.extensions ?? {};
    const verdict = judgeError(raised);
    if (verdict.pass) {
      return { message: error.message, locations, path, extensions };
    }
    const reference = requestIdOf(context.contextValue.req);
    this.log(verdict.severity, verdict.code, reference, raised, context);
    return {
      message: verdict.message,
      locations,
      path,
      extensions: {
        code: verdict.code,
        reference,
        ...(this.options.errorDetails ? { debug: details(raised) } : {}),
      },
    };
  }

  private log(
    severity: 'warn' | 'error',
    code: string,
    reference: string,
    error: RaisedError & GraphQLFormattedError,
    context: Context,
  ): void {
    const operation = context.operationName ?? context.operation?.operation ?? 'request';
    const field = error.path?.join('.') ?? '';
    const line = `${code} ${operation} ${field}: ${hideDigits(error.message)} [reference ${reference}]`;
    if (severity === 'warn') return Logger.warn(line, loggerCtx);
    // What a resolver threw, the platform has logged with its stack just before.
    Logger.error(line, loggerCtx, error.path === undefined ? details(error).stack.join('\n') : undefined);
  }
}

/** Whether an error, as the client sees it, is the server's fault. */
function isOurs(error: GraphQLFormattedError): boolean {
  return SERVER_ERRORS.has(String(error.extensions?.code));
}

function details(error: RaisedError): { message: string; stack: string[] } {
  const stack = error.originalError instanceof Error ? error.originalError.stack : undefined;
  return { message: error.message, stack: stack?.split('\n').slice(1) ?? [] };
}
