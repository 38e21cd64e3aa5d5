import { CrudPermissionDefinition } from '@vendure/core';

/** Permissions `ReadFraudModels` (models, trainings, drift), `CreateFraudModels` (train, import) and `UpdateFraudModels` (promote, roll back, label) of staff. */
export const modelsPermission = new CrudPermissionDefinition(
  'FraudModels',
  operation => `Grants permission to ${operation} the models of the fraud scoring`,
);
