-- One month's finished messages; YYYYMM is replaced by the month, Korean calendar.
CREATE TABLE IF NOT EXISTS UMS_LOG_YYYYMM LIKE UMS_MSG;
