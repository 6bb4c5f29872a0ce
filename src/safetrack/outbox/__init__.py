"""The queue between the sanitizer and a destination."""
