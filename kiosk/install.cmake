# What makes a machine a kiosk: which of these files lies where (packaging/CMakeLists.txt includes it).
# Enabled by the package: einlass-kiosk.service, einlass-power-off.path, einlass-hotspot.service, einlass-verify.timer,
# einlass-update.path, einlass-trial.service.
# Not enabled: einlass-kiosk-cage.service, einlass-office.service. Started by udev: einlass-stick@.service.
set(units ${CMAKE_CURRENT_LIST_DIR}/units)
set(system ${CMAKE_CURRENT_LIST_DIR}/system)

install(FILES ${units}/einlass-kiosk.service ${units}/einlass-kiosk-cage.service ${units}/einlass-power-off.path
    ${units}/einlass-power-off.service ${units}/einlass-stick@.service ${units}/einlass-hotspot.service
    ${units}/einlass-verify.service ${units}/einlass-verify.timer ${units}/einlass-update.path
    ${units}/einlass-update.service ${units}/einlass-trial.service DESTINATION ${EINLASS_UNIT_DIR} COMPONENT kiosk)
install(DIRECTORY ${units}/dev-einlass-display.device.d ${units}/display-manager.service.d ${units}/getty@tty1.service.d
    ${units}/systemd-udevd.service.d DESTINATION ${EINLASS_UNIT_DIR} COMPONENT kiosk)
install(FILES ${units}/einlass-office.service DESTINATION ${EINLASS_UNIT_DIR} COMPONENT office)

set(update ${CMAKE_CURRENT_LIST_DIR}/update)
install(PROGRAMS ${CMAKE_CURRENT_LIST_DIR}/hotspot ${update}/einlass-update ${update}/einlass-trial
    ${update}/einlass-repack ${update}/einlass-wipe DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/einlass COMPONENT kiosk)
install(FILES ${update}/shared.sh ${update}/source.sh DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/einlass COMPONENT kiosk)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/kiosk.conf ${update}/update.conf
    DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/einlass COMPONENT kiosk)

# Settings of the system's own services, each as a piece beside theirs.
function(piece file destination name component)
    install(FILES ${system}/${file} DESTINATION ${destination} RENAME ${name} COMPONENT ${component})
endfunction()
piece(sysusers.conf lib/sysusers.d einlass-kiosk.conf kiosk)
piece(sysusers-office.conf lib/sysusers.d einlass.conf office)
piece(tmpfiles.conf lib/tmpfiles.d einlass-kiosk.conf kiosk)
piece(tmpfiles-office.conf lib/tmpfiles.d einlass.conf office)
piece(sysctl.conf lib/sysctl.d 60-einlass-kiosk.conf kiosk)
piece(logind.conf lib/systemd/logind.conf.d einlass-kiosk.conf kiosk)
piece(system.conf lib/systemd/system.conf.d einlass-kiosk.conf kiosk)
piece(journald.conf lib/systemd/journald.conf.d einlass-kiosk.conf kiosk)
piece(modprobe.conf lib/modprobe.d einlass-kiosk.conf kiosk)
piece(modules-load.conf lib/modules-load.d einlass-kiosk.conf kiosk)
piece(udev.rules lib/udev/rules.d 71-einlass.rules kiosk)

# Ctrl-Alt-Del does nothing: masked, as an administrator would.
install(CODE "file(MAKE_DIRECTORY \"\$ENV{DESTDIR}/etc/systemd/system\")
    file(CREATE_LINK /dev/null \"\$ENV{DESTDIR}/etc/systemd/system/ctrl-alt-del.target\" SYMBOLIC)" COMPONENT kiosk)
