"""Each piece of news is worded once, for text, Markdown, comments and reviews alike."""
