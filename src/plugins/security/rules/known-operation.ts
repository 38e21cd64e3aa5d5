import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/**
 * A validation rule which refuses an operation of a kind that the API has not (`subscription`). GraphQL itself
 * leaves this to the execution, and the library that scores queries fails on it before.
 */
export function knownOperationRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation) != null) return;
      context.reportError(new GraphQLError(`This API has no ${node.operation}s.`, { nodes: node }));
    },
  };
}
