"""`/console`: where caseworkers work. Server-rendered; works without JavaScript."""
