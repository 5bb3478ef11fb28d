"""All that knows Jupyter: JupyterLab, kernels, the notebook that runs.

saving       what JupyterLab does as it saves: outputs are stripped, or kept private
settings/    JupyterLab's settings
shell        the running notebook: plain errors, cells counted, what papermill set
strip_files  notebooks stripped before they get into git: a hook, and git's filter
register     this environment as a kernel of the user, and that filter
kernel       a kernel whose own streams end nowhere
ahead        the process of the next kernel, started while another one works
waiting      what that process does: it imports, and waits to become the kernel
"""
