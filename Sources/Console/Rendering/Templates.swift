/// All templates, by name. Each page brings its own.
enum Templates {
    static let all: [String: String] = [
        Layout.templates,
        AppHead.templates,
        AppPages.templates,
        TaskPages.templates,
        ChartsPage.templates,
        SettingsPage.templates,
        TeamPages.templates,
        StatusPage.templates,
        SilencePages.templates,
        AlertLog.templates,
        SignIn.templates,
        AccountPage.templates,
        TokenPages.templates,
        DeviceSignIn.templates,
        ReleasePages.templates,
        RollbackPages.templates,
        EventPages.templates,
        AuditPage.templates,
        ProblemPages.templates,
        ObjectiveTemplates.templates,
        GatePage.templates,
        PlanTemplates.templates,
        DriftPage.templates,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
