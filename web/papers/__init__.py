"""Papers: what leaves the installation as a PDF or a calendar, with its positions, its language and nothing of anybody else."""

from web.papers.pages import papers

__all__ = ["papers"]
