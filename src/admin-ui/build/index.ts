export { buildAdminUi } from './build-admin-ui';
export type { AdminUiBuild, AdminUiProgress, BuildAdminUiOptions } from './build-admin-ui';
export { exportBuild } from './build-store';
export { AdminUiBuildError } from './errors';
