export { StaffPagesPlugin } from './admin-ui.plugin';
