"""Pure rules of messages: words, masks, when to try again."""
