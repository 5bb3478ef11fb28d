# Curves over time for the North Carolina data with the weights of the kit's match at the
# reference (logit, caliper 0.05 pooled SD), and for a small weighted sample made up here.
# Rscript survival.R, in this folder; needs survival, survey and mvtnorm. The weights are
# nc_weights.csv; tests/outcomes/test_survival.py checks that they are those of the match.
library(survival)
library(survey)
library(mvtnorm)

times <- c(90, 180, 270, 365)

# one group: share with the event, its variance and interval, and the covariance of times
group <- function(u, event, w) {
  n <- length(u)
  ne <- sum(w)^2 / sum(w^2)
  at <- function(x) approx(c(0, x$time), c(1, x$surv), times, "constant", rule = 2)$y
  if (max(abs(w - w[1])) < 1e-12) {
    fit <- survfit(Surv(u, event) ~ 1)
    s <- at(fit)
    greenwood <- c(0, cumsum(ifelse(fit$n.risk > fit$n.event,
      fit$n.event / (fit$n.risk * (fit$n.risk - fit$n.event)), 0)))
    g <- approx(c(0, fit$time), greenwood, times, "constant", rule = 2)$y
    v <- s^2 * g * n / (n - 1)
    # the covariance of two times is that of independent increments
    cov <- outer(1:4, 1:4, Vectorize(function(i, j)
      s[i] * s[j] * min(g[i], g[j]) * n / (n - 1)))
    survey <- v
  } else {
    # survfit's robust variance is the infinitesimal jackknife, of no small-sample factor
    d <- data.frame(u, event, w, id = seq_along(u))
    fit <- do.call(survfit, list(Surv(u, event) ~ 1, data = d, weights = d$w,
                                 id = d$id, robust = TRUE))
    s <- at(fit)
    moved <- residuals(fit, times = times, type = "pstate", weighted = TRUE)
    cov <- ne / (ne - 1) * t(moved) %*% moved
    v <- diag(cov)
    # survey's, with its factor n/(n - 1) removed: of exp(-H), one event after another
    design <- svydesign(ids = ~1, weights = ~w, data = d)
    km <- svykm(Surv(u, event) ~ 1, design = design, se = TRUE)
    log_s <- approx(c(0, km$time), c(0, km$varlog), times, "constant", rule = 2,
                    ties = "ordered")$y
    survey <- s^2 * log_s * (n - 1) / n * ne / (ne - 1)
  }
  z <- 1.959964
  reach <- z * sqrt(v) / (s * abs(log(s)))
  list(share = 1 - s, variance = v, survey = survey, low = 1 - s^exp(-reach), high = 1 - s^exp(reach),
       cov = cov, at_risk = sapply(times, function(t) sum(!(event == 1 & u <= t))))
}

study <- function(name, d) {
  d$u <- ifelse(d$event == 1, d$day, 365)
  parts <- lapply(c(1, 0), function(t) {
    one <- d[d$treatment == t & d$weight > 0, ]
    group(one$u, one$event, one$weight)
  })
  cov <- parts[[1]]$cov + parts[[2]]$cov
  set.seed(1)
  c95 <- qmvnorm(0.95, tail = "both.tails", corr = cov2cor(cov),
                 algorithm = GenzBretz(maxpts = 1e6, abseps = 1e-8),
                 tol = 1e-8)$quantile
  gap <- parts[[1]]$share - parts[[2]]$share
  se <- sqrt(diag(cov))
  curves <- do.call(rbind, lapply(1:2, function(g) data.frame(
    study = name, group = c("treatment", "comparison")[g], day = times,
    share = parts[[g]]$share, variance = parts[[g]]$variance,
    survey = parts[[g]]$survey,
    ci_low = parts[[g]]$low, ci_high = parts[[g]]$high, at_risk = parts[[g]]$at_risk)))
  list(curves = curves, gaps = data.frame(study = name, day = times, difference = gap,
    standard_error = se, ci_low = gap - c95 * se, ci_high = gap + c95 * se,
    critical = c95))
}

nc <- merge(read.csv("../../params/data/nc_prison_work.csv"), read.csv("nc_weights.csv"))
nc <- data.frame(event = nc$reoffended, day = nc$days_to_first_reoffence,
                 treatment = nc$treatment, weight = nc$weight)
made_up <- read.csv("survival_people.csv", na.strings = "")
found <- list(study("north carolina", nc), study("made up", made_up))
write <- function(part, file) {
  frame <- do.call(rbind, lapply(found, `[[`, part))
  for (name in names(frame)) if (is.double(frame[[name]]) && name != "day")
    frame[[name]] <- formatC(frame[[name]], digits = 12, format = "g")
  write.csv(frame, file, row.names = FALSE, quote = FALSE)
}
write("curves", "survival_curves.csv")
write("gaps", "survival_differences.csv")
