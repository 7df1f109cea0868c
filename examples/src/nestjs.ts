import 'reflect-metadata';
import {
  Body,
  Controller,
  HttpCode,
  HttpException,
  Inject,
  Injectable,
  Module,
  Param,
  Post,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { denialOf, type HostHooks } from '@retainer/host';

import type { PostStore, StoredPost } from './post-store.ts';

const HOOKS = Symbol('hooks');
const STORE = Symbol('store');

/** Lets a request through if its post fits the client's tier; else answers 402 with the reason. */
@Injectable()
class WithinTier implements CanActivate {
  private readonly hooks: HostHooks;

  constructor(@Inject(HOOKS) hooks: HostHooks) {
    this.hooks = hooks;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context.switchToHttp().getRequest<{ readonly body: StoredPost }>();
    const { id, client, scheduledAt, platforms } = body;
    const ask = { clientWorkspaceId: client, postId: id, scheduledAt, platforms };
    const denial = denialOf(await this.hooks.postCreated(ask));
    if (denial) throw new HttpException({ ...denial }, denial.status);
    return true;
  }
}

@Controller('posts')
class PostsController {
  private readonly hooks: HostHooks;
  private readonly store: PostStore;

  constructor(@Inject(HOOKS) hooks: HostHooks, @Inject(STORE) store: PostStore) {
    this.hooks = hooks;
    this.store = store;
  }

  @Post()
  @UseGuards(WithinTier)
  add(@Body() post: StoredPost): Promise<StoredPost> {
    return this.store.add(post);
  }

  @Post(':id/published')
  @HttpCode(204)
  async published(@Param('id') id: string): Promise<void> {
    const post = await this.store.publish(id);
    await this.hooks.postPublished({ clientWorkspaceId: post.client, postId: post.id });
  }
}

/** A scheduler on NestJS: a post is asked for before it is stored, and reported when it went out. */
export function createNestHost(hooks: HostHooks, store: PostStore): Promise<INestApplication> {
  @Module({
    controllers: [PostsController],
    providers: [
      WithinTier,
      { provide: HOOKS, useValue: hooks },
      { provide: STORE, useValue: store },
    ],
  })
  class HostModule {}
  return NestFactory.create(HostModule, { logger: ['error'] });
}
