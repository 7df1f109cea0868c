/** A post as the example hosts keep it. */
export interface StoredPost {
  readonly id: string;
  readonly client: string;
  readonly scheduledAt: string;
  readonly platforms: readonly string[];
}

/** Where the example hosts keep their posts. */
export interface PostStore {
  readonly add: (post: StoredPost) => Promise<StoredPost>;
  readonly publish: (id: string) => Promise<StoredPost>;
  readonly all: () => readonly StoredPost[];
}

/** Posts in memory: a host has a database here. */
export function createPostStore(): PostStore {
  const posts = new Map<string, StoredPost>();
  return {
    async add(post) {
      posts.set(post.id, post);
      return post;
    },
    async publish(id) {
      const post = posts.get(id);
      if (post) return post;
      throw new Error(`There is no post ${id}.`);
    },
    all: () => [...posts.values()],
  };
}
