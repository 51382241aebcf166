@echo off
rem The Windows twin of the Makefile: make site, make serve, make test. Needs Python 3.11 or newer.
setlocal
cd /d "%~dp0"
set "PY=.venv\Scripts\python.exe"
if not exist "%PY%" py -3 -m venv .venv || python -m venv .venv || exit /b 1
if "%1"=="site"  goto site
if "%1"=="serve" goto serve
if "%1"=="phone" goto phone
if "%1"=="quick" goto quick
if "%1"=="test"  goto test
if "%1"=="coverage" goto coverage
if "%1"=="wheel" goto wheel
echo make site ^| make serve ^| make phone ^| make quick ^| make test ^| make coverage ^| make wheel
exit /b 2
:site
"%PY%" tools\setup.py site || exit /b 1
"%PY%" -P -m xiangji build --strict
exit /b %errorlevel%
:serve
"%PY%" tools\setup.py site || exit /b 1
"%PY%" -P -m xiangji serve
exit /b %errorlevel%
:phone
"%PY%" tools\setup.py site || exit /b 1
"%PY%" -P -m xiangji serve --phone
exit /b %errorlevel%
:quick
"%PY%" tools\setup.py site || exit /b 1
"%PY%" tools\setup.py test || exit /b 1
"%PY%" tools\quick.py
exit /b %errorlevel%
:coverage
"%PY%" tools\setup.py site || exit /b 1
"%PY%" tools\setup.py test || exit /b 1
"%PY%" tools\quick.py --coverage
exit /b %errorlevel%
:wheel
"%PY%" tools\setup.py site || exit /b 1
"%PY%" tools\setup.py test || exit /b 1
"%PY%" -m hatchling build --target wheel
exit /b %errorlevel%
:test
"%PY%" tools\setup.py site || exit /b 1
"%PY%" tools\setup.py test || exit /b 1
"%PY%" tools\browser.py || exit /b 1
"%PY%" -m ruff check . || exit /b 1
"%PY%" -m ruff format --check . || exit /b 1
"%PY%" -m mypy || exit /b 1
"%PY%" -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
exit /b %errorlevel%
