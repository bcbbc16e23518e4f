"""Exhibits: a file or a link that bears something out, taken in whole, kept sealed, shown as a copy that tells nothing more.

What comes is received without a byte of it in the clear on the disk (serving.py, receiving.py), sealed and found again
(originals.py), recorded (depositing.py); pictures are shown as working copies (copying.py, in a process of its own), and
everything else is a download. Which page shows what is in one.py and listing.py.
"""
