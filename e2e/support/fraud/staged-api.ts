import { Kind, buildASTSchema, concatAST, execute, parse, validate, type DocumentNode } from 'graphql';
import { gql } from 'graphql-tag';
import type { Page } from 'playwright-core';
import {
  backtestAdminSchema,
  driftAdminSchema,
  listsAdminSchema,
  modelsAdminSchema,
  rulesAdminSchema,
  settingsAdminSchema,
} from '../../../src/plugins/fraud/testing';

/** What the plugin's schema takes from the platform. */
const platform = gql`
  scalar DateTime
  scalar JSON
  scalar Money
  scalar Upload
  scalar CurrencyCode
  scalar ErrorCode
  interface Node {
    id: ID!
  }
  interface ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }
  interface PaginatedList {
    totalItems: Int!
  }
  enum SortOrder {
    ASC
    DESC
  }
  input FraudModelSort {
    createdAt: SortOrder
  }
  type Query {
    nothing: Boolean
  }
  type Mutation {
    nothing: Boolean
  }
`;

/** The platform fills in the options of lists. */
const LISTED = /^Fraud(Model|TrainingRun)ListOptions$/;

function withListOptions(document: DocumentNode): DocumentNode {
  const options = parse('input X { skip: Int take: Int sort: FraudModelSort }').definitions[0];
  if (options?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) throw new Error('No input.');
  return {
    ...document,
    definitions: document.definitions.map(definition =>
      definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && LISTED.test(definition.name.value)
        ? { ...options, name: definition.name }
        : definition,
    ),
  };
}

const schema = buildASTSchema(
  withListOptions(
    concatAST([
      platform,
      rulesAdminSchema,
      listsAdminSchema,
      settingsAdminSchema,
      backtestAdminSchema,
      modelsAdminSchema,
      driftAdminSchema,
    ]),
  ),
);

type Answers = Record<string, unknown>;

/**
 * Answers what a page asks for by the plugin's own schema, out of given data: for what a shop has only after weeks, such
 * as a drift of 90 days. What is not given goes to the shop.
 *
 * @param answers the fields of queries and mutations, as values or as functions of their arguments
 */
export async function stageFraudApi(page: Page, answers: Answers): Promise<void> {
  await page.route('**/admin-api*', async route => {
    const sent = route.request().postData() ?? '';
    const { query, variables } = sent.startsWith('{')
      ? (JSON.parse(sent) as { query: string; variables: Record<string, unknown> })
      : { query: '', variables: {} };
    const document = query === '' ? undefined : parse(query);
    const asked = document?.definitions.flatMap(definition =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? definition.selectionSet.selections.map(field => (field.kind === Kind.FIELD ? field.name.value : ''))
        : [],
    );
    if (document === undefined || asked?.every(name => name in answers) !== true) return route.fallback();
    const wrong = validate(schema, document);
    if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('\n'));
    const json = await execute({ schema, document, rootValue: answers, variableValues: variables });
    await route.fulfill({ json });
  });
}
