export { DataTable, type Column } from './data-table';
export { DefinitionList, type Definition } from './definition-list';
export { formatCount, formatDateTime, formatTime } from './format';
export { Notice } from './notice';
export { RequirePermission } from './require-permission';
export { StaffPage } from './staff-page';
export { StatusBadge, type Tone } from './status-badge';
export { usePolledQuery, type PolledQuery } from './use-polled-query';
