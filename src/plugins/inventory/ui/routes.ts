import { registerReactRouteComponent } from '@vendure/admin-ui/react';
import { StockPage } from './stock-page';

export default [
  registerReactRouteComponent({ component: StockPage, path: '', title: 'Stock', breadcrumb: 'Stock' }),
];
