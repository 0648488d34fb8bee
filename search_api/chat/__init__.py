"""Conversations: follow-up questions, answers in sentences, and the shapes that chat programs expect."""
