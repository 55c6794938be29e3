"""The pages, one file each; Streamlit runs the open one."""
