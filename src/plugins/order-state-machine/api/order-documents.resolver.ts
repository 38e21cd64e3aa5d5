import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, ConfigService, Ctx, Order, Permission, RequestContext } from '@vendure/core';
import { documentUrl } from '../documents/document-url';
import type { OrderDocument } from '../entities/order-document.entity';
import { OrderDocumentService } from '../services/documents/order-document.service';

@Resolver('Order')
export class OrderDocumentsResolver {
  constructor(private readonly documents: OrderDocumentService) {}

  @ResolveField('documents')
  @Allow(Permission.ReadOrder)
  ofOrder(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<OrderDocument[]> {
    return this.documents.ofOrder(ctx, order.id);
  }
}

@Resolver('OrderDocument')
export class OrderDocumentResolver {
  constructor(private readonly config: ConfigService) {}

  @ResolveField()
  url(@Ctx() ctx: RequestContext, @Parent() document: OrderDocument): string {
    return documentUrl(document.id, this.config.apiOptions.channelTokenKey, ctx.channel.token);
  }
}
